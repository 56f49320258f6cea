/** Every format of `aisafe export`, in the order of the help. */
import { csv } from './csv.js';
import type { ExportFormat } from './format.js';
import { ics } from './ics.js';
import { json } from './json.js';
import { jsonl } from './jsonl.js';
import { markdown } from './markdown.js';

export const exportFormats: readonly ExportFormat[] = [json, jsonl, csv, markdown, ics];
