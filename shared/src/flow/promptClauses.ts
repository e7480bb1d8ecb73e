// Sentences for an agent's instructions that lead a model to ask for calls together. Each stands by itself, so that they can be put in
// one by one and compared with and without.

export interface PromptClause {
  /** Stable: runs, findings and comparisons name a clause by it. */
  id: ClauseId
  title: string
  /** When it helps, in a line. */
  helps: string
  /** What is put into the instructions. */
  text: string
}

const CLAUSES = [
  {
    id: 'plan-first',
    title: 'Plan the whole volley first',
    helps: 'When a model calls one tool, looks, and only then thinks of the next.',
    text: 'Before your first call, think through everything the request needs. Then make all the calls you already know of in one message.',
  },
  {
    id: 'independent-at-once',
    title: 'Ask for everything independent at once',
    helps: 'When one request names several things: cities, files, customers.',
    text: 'Calls that do not need each other’s results belong in the same message: make one call for each item, side by side.',
  },
  {
    id: 'refer',
    title: 'Refer to results rather than wait or guess',
    helps: 'With data edges: the second call need not wait for a turn of its own.',
    text: 'When a call needs a value that another call will give, make both in the same message and refer to the earlier call. Never make up such a value, and never wait a turn only to copy it.',
  },
  {
    id: 'no-repeats',
    title: 'Do not repeat calls',
    helps: 'When the same question is asked of a tool twice, in one turn or the next.',
    text: 'Do not make a call again whose result you already have. Look at the results so far before you call.',
  },
  {
    id: 'only-failed',
    title: 'Ask again only for what failed',
    helps: 'When one of many calls fails and the model starts all over.',
    text: 'If some calls fail, keep the results of the others. Correct and repeat only the failed ones, and answer with what you have if they fail again.',
  },
  {
    id: 'batch-lists',
    title: 'Use tools that take lists',
    helps: 'When a tool can take many items in one call.',
    text: 'Where a tool takes a list, give it all the items in one call instead of making one call for each.',
  },
  {
    id: 'effects-last',
    title: 'Look first, change last',
    helps: 'With tools that book, send, pay or delete.',
    text: 'Gather all you need to know before you call a tool that changes something. Make such a call once, and only when the request asks for it.',
  },
  {
    id: 'stop',
    title: 'Stop when it is enough',
    helps: 'When a model keeps calling although the answer is there.',
    text: 'As soon as the results answer the request, answer it. Do not call tools only to be surer.',
  },
  {
    id: 'only-needed',
    title: 'Call only what the answer needs',
    helps: 'When results stand in no later call and not in the answer.',
    text: 'Call a tool only when the answer cannot be given without what it returns, and only for what was asked about.',
  },
  {
    id: 'no-skips',
    title: 'Leave no step out',
    helps: 'When a check or a tool that the instructions name is passed over.',
    text: 'Take every step that the request or these instructions name, also when its outcome seems clear already. Make the checks that belong before a change before you make the change.',
  },
] as const satisfies readonly (Omit<PromptClause, 'id'> & { id: string })[]

export type ClauseId = (typeof CLAUSES)[number]['id']

export const PROMPT_CLAUSES: readonly PromptClause[] = CLAUSES

export function clauseOf(id: ClauseId): PromptClause {
  const clause = PROMPT_CLAUSES.find((one) => one.id === id)
  if (!clause) throw new Error(`there is no clause ${id}`)
  return clause
}

/** Whether a text holds a clause already, however its lines are broken. */
export function hasClause(text: string, clause: Pick<PromptClause, 'text'>): boolean {
  return plain(text).includes(plain(clause.text))
}

/** The text with the clause as a paragraph of its own at `at` (or the end), and where the caret stands after it. */
export function insertClause(
  text: string,
  clause: Pick<PromptClause, 'text'>,
  at = text.length,
): { text: string; caret: number } {
  const before = text.slice(0, at).trimEnd()
  const after = text.slice(at).trimStart()
  const head = `${before}${before === '' ? '' : '\n\n'}${clause.text}`
  return { text: after === '' ? head : `${head}\n\n${after}`, caret: head.length }
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
