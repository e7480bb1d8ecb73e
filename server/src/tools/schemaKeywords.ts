import { canonicalJson } from '@volley/shared/lib/json.ts'
import { jsonLength } from '@volley/shared/lib/jsonSize.ts'
import { _, type Ajv, type Code, type CodeKeywordDefinition, str } from 'ajv'
import type { Work } from './schemaWork.ts'

// Keywords that compare or measure values, made so that their work is known. The library compares each item of a list with each other,
// and a value with each choice; here equal values are found by equal text.

/** Puts these keywords in the place of the library's own. They accept the same values, with the same messages. */
export function replaceKeywords(library: Ajv, work: Work): void {
  const textOf = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `"${value}` : String(value)
    work.use(jsonLength(value))
    return canonicalJson(value)
  }
  const duplicateIn = (list: unknown[]): { i: number; j: number } | null => {
    const seen = new Map<string, number>()
    for (const [index, item] of list.entries()) {
      work.use(1)
      const text = textOf(item)
      const before = seen.get(text)
      if (before !== undefined) return { i: index, j: before }
      seen.set(text, index)
    }
    return null
  }
  /** Of characters as people count them: a pair of surrogates is one. Most texts tell without being counted. */
  const isLonger = (text: string, most: number): boolean => {
    if (text.length <= most) return false
    if (text.length > 2 * most + 1) return true
    work.use(text.length)
    let length = 0
    for (const _character of text) length++
    return length > most
  }

  const keywords: CodeKeywordDefinition[] = [
    {
      keyword: 'uniqueItems',
      type: 'array',
      schemaType: 'boolean',
      error: {
        message: ({ params: { found } }) =>
          str`must NOT have duplicate items (items ## ${_`${found as Code}.j`} and ${_`${found as Code}.i`} are identical)`,
        params: ({ params: { found } }) => _`{i: ${found as Code}.i, j: ${found as Code}.j}`,
      },
      code(context) {
        if (!context.schema) return
        const find = context.gen.scopeValue('func', { ref: duplicateIn })
        const found = context.gen.const('found', _`${find}(${context.data})`)
        context.setParams({ found })
        context.fail(_`${found} !== null`)
      },
    },
    {
      keyword: 'enum',
      schemaType: 'array',
      error: {
        message: 'must be equal to one of the allowed values',
        params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}`,
      },
      code(context) {
        const texts = new Set((context.schema as unknown[]).map(writtenOnce))
        const ref = (value: unknown) => texts.has(textOf(value))
        context.pass(_`${context.gen.scopeValue('func', { ref })}(${context.data})`)
      },
    },
    {
      keyword: 'const',
      error: { message: 'must be equal to constant', params: ({ schemaCode }) => _`{allowedValue: ${schemaCode}}` },
      code(context) {
        const text = writtenOnce(context.schema)
        const ref = (value: unknown) => textOf(value) === text
        context.pass(_`${context.gen.scopeValue('func', { ref })}(${context.data})`)
      },
    },
    {
      keyword: ['maxLength', 'minLength'],
      type: 'string',
      schemaType: 'number',
      error: {
        message: ({ keyword, schemaCode }) =>
          str`must NOT have ${keyword === 'maxLength' ? 'more' : 'fewer'} than ${schemaCode} characters`,
        params: ({ schemaCode }) => _`{limit: ${schemaCode}}`,
      },
      code(context) {
        const limit = context.schema as number
        const ref =
          context.keyword === 'maxLength'
            ? (text: string) => !isLonger(text, limit)
            : (text: string) => limit <= 0 || isLonger(text, limit - 1)
        context.pass(_`${context.gen.scopeValue('func', { ref })}(${context.data})`)
      },
    },
  ]
  for (const definition of keywords) {
    for (const name of [definition.keyword].flat()) library.removeKeyword(name)
    library.addKeyword(definition)
  }
}

/** A value of the schema itself, whose size was checked with it. */
function writtenOnce(value: unknown): string {
  return typeof value === 'string' ? `"${value}` : canonicalJson(value)
}
