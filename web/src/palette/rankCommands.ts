import type { Command } from './commands.ts'
import { fuzzyMatch } from './fuzzy.ts'

/** A command as it is listed: under which title, and which letters of its label were meant. */
export interface Ranked<Shown> {
  command: Shown
  title: string
  positions: readonly number[]
}

type Rankable = Pick<Command, 'id' | 'group' | 'label' | 'hint' | 'refusal'>

export const RECENT = 'Recently used'
const RECENT_BONUS = 6
const REFUSED = 30

/**
 * Without words: what was used last, then everything under its own title, but for groups that are only searched. With words: what
 * matches, best first; what was used lately goes a little before what is as good, and what cannot be done now comes late.
 */
export function rankCommands<Shown extends Rankable>(
  commands: readonly Shown[],
  words: string,
  recent: readonly string[],
  searchedOnly: readonly string[] = [],
): Ranked<Shown>[] {
  if (words.trim() === '') {
    const used = recent.flatMap((id) => commands.filter((one) => one.id === id && one.refusal === null))
    const rest = commands.filter((one) => !used.includes(one) && !searchedOnly.includes(one.group))
    return [
      ...used.map((command) => ({ command, title: RECENT, positions: [] })),
      ...rest.map((command) => ({ command, title: command.group, positions: [] })),
    ]
  }
  return commands
    .flatMap((command) => {
      const match = matchCommand(command, words)
      if (!match) return []
      const bonus = (recent.includes(command.id) ? RECENT_BONUS : 0) - (command.refusal === null ? 0 : REFUSED)
      return [{ command, title: '', positions: match.positions, score: match.score + bonus }]
    })
    .sort((one, other) => other.score - one.score)
    .map(({ command, title, positions }) => ({ command, title, positions }))
}

/** By the label; else by label, hint and group together, which counts less. */
function matchCommand({ label, hint, group }: Rankable, words: string) {
  const own = fuzzyMatch(label, words)
  if (own) return own
  const wide = fuzzyMatch(`${label} ${hint} ${group}`, words)
  return wide && { score: wide.score - 20, positions: wide.positions.filter((at) => at < label.length) }
}

const MOST_RECENT = 5

/** The list of what was used last, with one more in front. */
export const withRecent = (recent: readonly string[], id: string): string[] =>
  [id, ...recent.filter((other) => other !== id)].slice(0, MOST_RECENT)
