import type { Redactor } from './ports.ts'

/** For a run without secrets: everything stays as it is. */
export const keepAll: Redactor = {
  text: (given) => given,
  json: (value) => value,
  fact: (fact) => fact,
  stream: () => ({ push: (piece) => piece, end: () => '' }),
}
