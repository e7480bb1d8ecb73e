import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { compileRegExp } from './linearRegExp.ts'

/** JSON Schema in one of its versions. */
export interface Dialect {
  /** Errors of a schema against the dialect's own schema. */
  errorsOf(schema: Record<string, unknown>): readonly ErrorObject[]
  compile(schema: Record<string, unknown>): ValidateFunction
}
export type Dialects = Record<'2020-12' | '2019-09' | 'draft-07', Dialect>

/** The versions that are understood. Each library is made when it is first needed. */
export function makeDialects(): Dialects {
  return { '2020-12': dialect(Ajv2020), '2019-09': dialect(Ajv2019), 'draft-07': dialect(Ajv) }
}

function dialect(Library: typeof Ajv): Dialect {
  let forMeta: Ajv | undefined
  return {
    errorsOf(schema) {
      forMeta ??= formats.default(new Library(OPTIONS), { keywords: false })
      forMeta.validateSchema(schema)
      return forMeta.errors ?? []
    },
    // A library of its own for each schema: an id in one can then never name, or replace, another or the meta-schema.
    compile(schema) {
      const own = new Library({ ...OPTIONS, meta: false, validateSchema: false })
      return formats.default(own, { keywords: false }).compile(schema)
    },
  }
}

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  verbose: true,
  ownProperties: true,
  logger: false,
  code: {
    regExp: Object.assign(
      (pattern: string) => {
        const made = compileRegExp(pattern)
        if (made.ok) return made.value
        throw new UnusablePattern(pattern, made.error)
      },
      { code: 'linearRegExp' },
    ),
  },
}

/** Thrown while compiling, for a pattern that stands where no walk of the schema finds it. */
export class UnusablePattern extends Error {
  pattern: string
  reason: string
  constructor(pattern: string, reason: string) {
    super(`"${pattern}": ${reason}`)
    this.pattern = pattern
    this.reason = reason
  }
}
