import { stat } from 'node:fs/promises';

export type PathKind = 'file' | 'folder' | 'other';

/** What stands at a path, links followed; undefined when nothing does or it cannot be looked at. */
export async function pathKind(path: string): Promise<PathKind | undefined> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
