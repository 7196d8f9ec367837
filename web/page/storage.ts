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

/** False where storage is refused or full: then it holds until the page is closed. */
export function remember(key: string, value: string): boolean {
  try {
    localStorage.setItem(PREFIX + key, value);
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // What cannot be reached is not remembered either.
  }
}
