import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Resource } from '../../core/curriculum/model.js';
import { AppError } from '../../errors.js';
import { findItem, openStudy, type Study } from '../lookup.js';

export interface OpenInput {
  readonly id: string;
  readonly print: boolean;
}

export interface OpenData {
  readonly id: string;
  readonly kind: 'resource' | 'program';
  readonly title: string;
  readonly url: string;
  /** False with --print, and when there is no browser to open it in. */
  readonly opened: boolean;
  readonly status: NonNullable<Resource['status']>;
  readonly supersededBy: string | null;
}

interface Page {
  readonly kind: OpenData['kind'];
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly status: NonNullable<Resource['status']>;
  readonly supersededBy: string | null;
  readonly hints: readonly string[];
}

export async function open(context: Context, { id, print }: OpenInput): Promise<Result<OpenData>> {
  const study = await openStudy(context);
  const { hints, ...page } = findPage(study, id);
  const url = webAddress(page);
  const opened = !print && (await context.openUrl(url));
  const unable = print || opened ? [] : ['No browser could be opened from here; the address is above.'];
  return { data: { ...page, url, opened }, hints: [...unable, ...hints] };
}

function findPage(study: Study, id: string): Page {
  const item = findItem(study, id, 'aisafe open', ['resource', 'program', 'task']);
  if (item.kind === 'program') {
    return {
      kind: 'program',
      id: item.id,
      title: item.program.title,
      url: item.program.url,
      status: 'current',
      supersededBy: null,
      hints: [],
    };
  }
  if (item.kind === 'resource') return resourcePage(item.resource, []);
  const resources = (item.task.resources ?? []).flatMap((name) => {
    const found = study.items.get(name);
    return found?.kind === 'resource' ? [found.resource] : [];
  });
  const [first, ...others] = resources;
  if (!first) {
    throw new AppError('NOT_FOUND', `The task “${item.id}” names no resource to open.`, {
      hint: `aisafe show ${item.id}`,
    });
  }
  return resourcePage(
    first,
    others.map((other) => `Also for this task: aisafe open ${other.id}`),
  );
}

function resourcePage(resource: Resource, more: readonly string[]): Page {
  const { id, title, url, status = 'current', superseded_by: supersededBy } = resource;
  const warnings: string[] = [];
  if (status === 'superseded') warnings.push('This has been superseded.');
  if (status === 'partly-superseded')
    warnings.push(`Part of this is out of date. What to mind: aisafe resources ${id}`);
  if (supersededBy !== undefined) warnings.push(`Newer: aisafe open ${supersededBy}`);
  return {
    kind: 'resource',
    id,
    title,
    url,
    status,
    supersededBy: supersededBy ?? null,
    hints: [...warnings, ...more],
  };
}

/** @throws AppError CURRICULUM_INVALID unless it is an http or https address: nothing else is handed to the system. */
function webAddress({ id, url }: Pick<Page, 'id' | 'url'>): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && (parsed.protocol === 'https:' || parsed.protocol === 'http:')) return parsed.href;
  throw new AppError(
    'CURRICULUM_INVALID',
    `The address of “${id}” is “${url}”; only http and https addresses are opened.`,
    {
      hint: 'aisafe curriculum lint',
      details: { id, url },
    },
  );
}
