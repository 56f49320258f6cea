import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { SetupData } from './setup.js';

export function viewSetup({ changed, python }: SetupData, ui: Ui): string {
  const what = `Python ${python.version} with NumPy ${python.numpy} at ${python.executable}`;
  const words = changed ? `${ui.style.good('Ready')}: ${what}.` : `Nothing to do: ${what} grades your labs already.`;
  return [paragraph(ui, words), ui.style.code('aisafe lab list')].join('\n');
}
