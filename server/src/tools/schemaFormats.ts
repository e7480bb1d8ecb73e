import type { Ajv, Format } from 'ajv'
import formats from 'ajv-formats'
import type { Work } from './schemaWork.ts'

/** Adds the formats of JSON Schema and OpenAPI, each counted by the length of what it reads. */
export function addFormats(library: Ajv, work: Work): void {
  formats.default(library, { keywords: false })
  for (const [name, format] of Object.entries(library.formats)) {
    const test = name === 'url' ? isUrl : testOf(format)
    if (!test) continue
    library.addFormat(name, (text: string) => {
      work.use(20 + text.length)
      return test(text)
    })
  }
}

/** The library's own expression for this one takes time with the square of the length. */
function isUrl(text: string): boolean {
  return /^(https?|ftp):\/\/\S+$/i.test(text) && URL.canParse(text)
}

/** What tests a text; null for formats of numbers, and for those that take any text. */
function testOf(format: Format | undefined): ((text: string) => boolean) | null {
  if (format instanceof RegExp) return (text) => format.test(text)
  if (typeof format === 'function') return format as (text: string) => boolean
  if (typeof format !== 'object' || ('type' in format && format.type === 'number')) return null
  const { validate } = format
  if (validate instanceof RegExp) return (text) => validate.test(text)
  return typeof validate === 'function' ? (validate as (text: string) => boolean) : null
}
