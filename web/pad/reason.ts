/** What went wrong, in the words of whoever found it: the engine's own sentence, in English. */
export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
