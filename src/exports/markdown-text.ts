/** Text and links for a Markdown page (GitHub's dialect) from words that are not ours. */
import type { EvidenceReference } from '../core/progress/event.js';

/** Words on one line that mean nothing to Markdown or HTML. They must not stand at the very beginning of a line. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A link, or only the words when the address is not one of the web. A user name or password in it is left out. */
export function markdownLink(words: string, address: string): string {
  const url = webAddress(address);
  return url === undefined ? markdownText(words) : `[${markdownText(words)}](${url})`;
}

function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  return url.href.replace(
    /[()<>|\\\s[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Evidence as a reader elsewhere can use it: of files and folders of this computer only the last name is told. */
export function markdownEvidence(reference: EvidenceReference): string {
  switch (reference.type) {
    case 'url':
      return markdownLink(shortAddress(reference.url), reference.url);
    case 'commit': {
      const { name, address } = repositoryPlace(reference.repository, reference.commit);
      const words = `${name}@${reference.commit.slice(0, 10)}`;
      return address === undefined ? `commit ${markdownText(words)}` : markdownLink(words, address);
    }
    case 'file':
      return `file ${markdownText(lastName(reference.path))} (SHA-256 ${reference.sha256.slice(0, 16)})`;
    case 'note':
      return `“${markdownText(reference.text)}”`;
    case 'lab': {
      const aid = reference.assisted ? ', with the solution seen before' : '';
      return `lab ${markdownText(reference.lab)}, passed in a local run${aid} (seed ${reference.seed}, version ${reference.version})`;
    }
  }
}

function shortAddress(address: string): string {
  const url = webAddress(address);
  return url === undefined
    ? lastName(address)
    : url
        .replace(/^https?:\/\/(www\.)?/, '')
        .replace(/[?#].*$/, '')
        .replace(/\/$/, '');
}

interface Place {
  readonly name: string;
  readonly address: string | undefined;
}

function repositoryPlace(repository: string, commit: string): Place {
  const secureShell = /^[\w.-]+@([\w.-]+):([\w./~-]+)$/.exec(repository);
  const isShort = /^\w[\w.-]*\/[\w.-]+$/.test(repository);
  const address = secureShell
    ? `https://${secureShell[1]}/${secureShell[2]}`
    : isShort
      ? `https://github.com/${repository}`
      : repository;
  const home = webAddress(address)
    ?.replace(/\/$/, '')
    .replace(/\.git$/, '');
  if (home === undefined) return { name: lastName(repository), address: undefined };
  const name = home.split('/').slice(3).join('/') || home;
  return { name, address: /^https:\/\/(github|gitlab)\.com\//.test(home) ? `${home}/commit/${commit}` : home };
}

function lastName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
