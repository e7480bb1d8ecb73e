import { withRecent } from './rankCommands.ts'

// What was used last in the command list, kept in this browser.

const KEY = 'volley.commands'

export function recentCommands(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

export function rememberCommand(id: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withRecent(recentCommands(), id)))
  } catch {
    // A full or forbidden storage: nothing is remembered.
  }
}
