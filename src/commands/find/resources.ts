import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { type Curriculum, type Resource, servesTrack, tasksOf } from '../../core/curriculum/model.js';
import { lazily } from '../../core/lazily.js';
import { searchEntries } from '../../core/search/entries.js';
import { searchIndex } from '../../core/search/search.js';
import { indexEntries } from '../../core/search/search-index.js';
import { suggestQueries } from '../../core/search/suggest.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { findItem, openStudy, type Study } from '../lookup.js';

export interface ResourcesInput {
  readonly text: readonly string[];
  readonly phase: string | undefined;
  readonly type: Resource['type'] | undefined;
  readonly track: string | undefined;
  readonly free: boolean;
  readonly limit: number | undefined;
  readonly superseded: boolean;
}

export interface ResourceRow {
  readonly id: string;
  readonly title: string;
  readonly by: string;
  readonly year: number | null;
  readonly type: Resource['type'];
  readonly cost: Resource['cost'];
  readonly minutes: readonly [number, number] | null;
  readonly phases: readonly string[];
  readonly tracks: readonly string[];
  readonly url: string;
  readonly status: NonNullable<Resource['status']>;
  readonly supersededBy: { readonly id: string; readonly title: string } | null;
  readonly checked: string | null;
  readonly note: string | null;
}

export interface ResourcesData {
  readonly query: string | null;
  /** How many match; `resources` holds fewer with --limit. */
  readonly total: number;
  /** Best match first; without text in the order of the curriculum. */
  readonly resources: readonly ResourceRow[];
  readonly phases: readonly { readonly id: string; readonly title: string }[];
  /** Other words that find something, when these found nothing. */
  readonly suggestions: readonly string[];
}

export async function resources(context: Context, input: ResourcesInput): Promise<Result<ResourcesData>> {
  const study = await openStudy(context);
  const { curriculum } = study;
  const query = input.text.join(' ').trim();
  const phase =
    input.phase === undefined ? undefined : findItem(study, input.phase, 'aisafe resources --phase', ['phase']).id;
  const track =
    input.track === undefined ? undefined : findItem(study, input.track, 'aisafe resources --track', ['track']).id;
  const phases = phasesOfResources(curriculum);
  const named = study.items.get(query);
  const isNamed = (resource: Resource) => named?.kind === 'resource' && named.resource === resource;
  const eligible = curriculum.resources.filter(
    (resource) =>
      !resource.retired &&
      (input.superseded || resource.status !== 'superseded' || isNamed(resource)) &&
      (phase === undefined || phases.get(resource.id)?.includes(phase)) &&
      (input.type === undefined || resource.type === input.type) &&
      servesTrack(resource.tracks, track) &&
      (!input.free || resource.cost === 'free'),
  );
  const index = lazily(() => {
    const alone = { ...curriculum, phases: [], concepts: [], labs: [], programs: [], briefs: [], resources: eligible };
    return indexEntries(searchEntries(alone));
  });
  const byId = new Map(eligible.map((resource) => [resource.id, resource]));
  const found = query === '' ? eligible : findByText();
  const data = {
    query: query === '' ? null : query,
    total: found.length,
    resources: found
      .slice(0, input.limit)
      .map((resource) => describeResource(study, resource, phases.get(resource.id) ?? [])),
    phases: curriculum.phases.map(({ id, title }) => ({ id, title })),
    suggestions: found.length === 0 && query !== '' ? suggestQueries(index(), query, 3) : [],
  };
  if (found.length > 0) return { data };
  return { data, outcome: 'negative', hints: hintsWhenEmpty(query, data.suggestions) };

  function findByText(): readonly Resource[] {
    const exact = eligible.filter(isNamed);
    if (exact.length > 0) return exact;
    return searchIndex(index(), query).best.flatMap(({ place }) => byId.get(index().entry(place).id) ?? []);
  }
}

function hintsWhenEmpty(query: string, suggestions: readonly string[]): readonly string[] {
  if (query === '') return ['No resource is like that. All of them: aisafe resources'];
  const words = (text: string) => text.split(' ').map(quoteWord).join(' ');
  const others = suggestions.map((suggestion) => `Try: aisafe resources ${words(suggestion)}`);
  return [`No resource matches “${query}”.`, ...others, `Search everything: aisafe search ${words(query)}`];
}

/** The phases that each resource serves: as its author says, else those whose tasks use it. */
function phasesOfResources(curriculum: Curriculum): ReadonlyMap<string, readonly string[]> {
  const used = new Map<string, Set<string>>();
  for (const { task, phase } of tasksOf(curriculum)) {
    for (const id of task.resources ?? []) used.set(id, (used.get(id) ?? new Set()).add(phase.id));
  }
  return new Map(curriculum.resources.map(({ id, phases }) => [id, phases ?? [...(used.get(id) ?? [])]]));
}

function describeResource({ items }: Study, resource: Resource, phases: readonly string[]): ResourceRow {
  const successor = resource.superseded_by === undefined ? undefined : items.get(resource.superseded_by);
  return {
    id: resource.id,
    title: resource.title,
    by: resource.by,
    year: resource.year ?? null,
    type: resource.type,
    cost: resource.cost,
    minutes: resource.minutes ?? null,
    phases,
    tracks: resource.tracks ?? [],
    url: resource.url,
    status: resource.status ?? 'current',
    supersededBy: successor?.kind === 'resource' ? { id: successor.id, title: successor.resource.title } : null,
    checked: resource.checked ?? null,
    note: resource.note ?? null,
  };
}
