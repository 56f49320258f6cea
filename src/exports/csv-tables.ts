/** The tables that `--what all` writes into a folder, `<name>.csv` each. */
export const csvTables = ['tasks', 'events', 'evidence', 'answers', 'labs'] as const;
