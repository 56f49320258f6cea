import type { Result, Run } from '../../cli/command.js';
import { type ShellName, shells } from '../../core/completion/shells.js';

export interface ScriptData {
  readonly shell: ShellName;
  readonly script: string;
}

/** The command that prints the completion script of one shell. */
export function scriptFor(name: ShellName): Run<Record<never, never>, ScriptData> {
  return (): Result<ScriptData> => {
    const script = shells.find((shell) => shell.name === name)?.script ?? '';
    return { data: { shell: name, script }, document: [script] };
  };
}
