import { spawn } from 'node:child_process';

/**
 * Opens a URL in the browser, without a shell. The caller has checked the scheme.
 * @returns false when there is nothing to open it with (no desktop, no opener, or the opener failed at once).
 */
export function openUrl(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform = process.platform,
): Promise<boolean> {
  const opener = openerFor(platform, env);
  if (!opener) return Promise.resolve(false);
  return new Promise((done) => {
    const child = spawn(opener.command, [...opener.args, url], { detached: true, stdio: 'ignore', shell: false });
    const patience = setTimeout(() => finish(true), 1500);
    const finish = (opened: boolean) => {
      clearTimeout(patience);
      child.removeAllListeners();
      child.unref();
      done(opened);
    };
    child.once('error', () => finish(false));
    child.once('exit', (code) => finish(code === 0));
  });
}

interface Opener {
  readonly command: string;
  readonly args: readonly string[];
}

function openerFor(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): Opener | undefined {
  if (platform === 'darwin') return { command: '/usr/bin/open', args: [] };
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY && !env.WSL_DISTRO_NAME) return undefined;
  return env.WSL_DISTRO_NAME ? { command: 'wslview', args: [] } : { command: 'xdg-open', args: [] };
}
