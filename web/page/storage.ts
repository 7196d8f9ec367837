/**
 * What the page remembers between visits. Storage may be refused (private windows, frames of other sites) or full:
 * then nothing is remembered and nothing fails.
 */
const PREFIX = 'backprop-playground.';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Refused or full: the choice holds until the page is closed.
  }
}
