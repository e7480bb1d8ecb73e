// The name under which this browser saves. It is kept here alone, and sent along with each save.

const KEY = 'volley.author'

export function authorName(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

export function setAuthorName(name: string): void {
  try {
    localStorage.setItem(KEY, name)
  } catch {
    // A browser that keeps nothing saves without a name.
  }
}

/** The header that tells a save's author; percent-encoded, since a header is plain letters. */
export function authorHeader(): Record<string, string> {
  const name = authorName().trim()
  return name === '' ? {} : { 'volley-author': encodeURIComponent(name.toWellFormed()) }
}
