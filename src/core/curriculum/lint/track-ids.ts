import type { CurriculumContent } from './rule.js';

/** As many as the format allows: rules compare tracks with each other. */
const mostTracks = 20;

/** The ids of the tracks, in order. */
export function trackIds({ tracks = [] }: CurriculumContent): readonly string[] {
  return tracks.slice(0, mostTracks).map((track) => track.id);
}
