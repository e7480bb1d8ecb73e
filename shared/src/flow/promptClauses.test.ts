import { expect, test } from 'vitest'
import { hasClause, insertClause, PROMPT_CLAUSES, type PromptClause } from './promptClauses.ts'

const [clause] = PROMPT_CLAUSES as [PromptClause]

test('a clause goes in as a paragraph of its own, where the caret is', () => {
  expect(insertClause('', clause)).toEqual({ text: clause.text, caret: clause.text.length })
  const text = 'You plan trips. Be brief.'
  const inserted = insertClause(text, clause, 'You plan trips.'.length)
  expect(inserted.text).toBe(`You plan trips.\n\n${clause.text}\n\nBe brief.`)
  expect(inserted.text.slice(0, inserted.caret).endsWith(clause.text)).toBe(true)
})

test('a clause is found again, also when its lines were broken anew', () => {
  for (const one of PROMPT_CLAUSES) {
    expect(hasClause('You plan trips.', one)).toBe(false)
    const { text } = insertClause('You plan trips.', one)
    expect(hasClause(text.replaceAll(' ', '\n'), one)).toBe(true)
  }
})

test('each clause has an id of its own, no placeholder, and no other clause inside', () => {
  expect(new Set(PROMPT_CLAUSES.map(({ id }) => id)).size).toBe(PROMPT_CLAUSES.length)
  for (const one of PROMPT_CLAUSES) {
    expect(one.text).not.toContain('{{')
    expect(PROMPT_CLAUSES.filter((other) => hasClause(one.text, other))).toEqual([one])
  }
})
