import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesToCopy, type LabFolder, solvedFiles } from '../lab-folder.js';

/** A place to run variants of a lab's file, each in a folder of its own as a learner has it. */
export interface Bench {
  /**
   * Lays a folder out with `source` as the learner's file; returns the path of that file. With a solution, or a variant
   * of it, lies what a learner has filled in; with the starter lie the templates.
   */
  place(name: string, source: string, beside: 'solved' | 'templates'): Promise<string>;
  remove(): Promise<void>;
}

export async function createBench(folderOfLab: LabFolder): Promise<Bench> {
  const { path, lab } = folderOfLab;
  const root = await mkdtemp(join(tmpdir(), 'aisafe-verify-'));
  return {
    place: async (name, source, beside) => {
      const folder = join(root, name);
      await mkdir(folder, { recursive: true });
      const solved = beside === 'solved' ? solvedFiles(folderOfLab) : [];
      for (const [from, to] of [...filesToCopy(lab), ...solved]) {
        if (to !== lab.file) await copyFile(join(path, from), join(folder, to));
      }
      const file = join(folder, lab.file);
      await writeFile(file, source);
      return file;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
