import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTyped } from '../evals/bfcl/typedJson.ts'
import { emittedText, textToKeep } from './argumentsText.ts'

/** What a run tells later of arguments that a model wrote so. */
function told(text: string): string {
  const emittedArguments: unknown = JSON.parse(text)
  const kept = textToKeep(text, emittedArguments)
  return emittedText({ emittedArguments, ...(kept === null ? {} : { emittedArgumentsText: kept }) })
}

/** JSON in which each number stands as it was written. */
const written: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.constantFrom('5', '5.0', '-0.0', '1e3', '1E+3', '0.5', '2.5e1', '1e400', `1${'0'.repeat(25)}`, '1e25'),
      fc.integer().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
      fc.string().map((text) => JSON.stringify(text)),
      fc.constantFrom('null', 'true'),
    ),
    fc.array(tie('value')).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(fc.string(), tie('value')))
      .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')}}`),
  ),
})).value

test('whatever a model wrote, a run tells which numbers were whole ones', () => {
  fc.assert(
    fc.property(written, (text) => {
      expect(parseTyped(told(text))).toEqual(parseTyped(text))
    }),
  )
})

describe('the text of arguments', () => {
  test.each(['{"days": 5.0}', '{"at": [1e3]}', `{"id": 1${'0'.repeat(25)}}`, '{"x": 1e400}', '"{\\"days\\": 5}"'])(
    'is kept where their value does not tell it: %s',
    (text) => expect(textToKeep(text, JSON.parse(text))).toBe(text),
  )

  test.each(['{}', '{"days": 5, "lat": 59.9, "far": 1e25}', '{ "said": "5.0 or 1e3" }', '{"a": 5.0, "a": 5}'])(
    'is not kept beside a value that tells all: %s',
    (text) => expect(textToKeep(text, JSON.parse(text))).toBeNull(),
  )

  test('is not kept a second time where it is no JSON, nor where it is very long', () => {
    expect(textToKeep('{"days": 5.0', '{"days": 5.0')).toBeNull()
    const long = `{"days": 5.0, "notes": "${'x'.repeat(100_000)}"}`
    expect(textToKeep(long, JSON.parse(long))).toBeNull()
  })
})
