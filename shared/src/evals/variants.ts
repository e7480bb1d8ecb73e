import type { Parallelism } from '../flow/flow.ts'

/** An addition to the instructions that is tried. */
export interface Clause {
  name: string
  text: string
}

/** One of the agents that an eval compares. */
export interface EvalVariant {
  version: number
  provider: string
  model: string
  parallelism: Parallelism
  /** Put after the instructions; null: they stay as they are. */
  clause: Clause | null
}

export interface Matrix {
  versions: readonly { version: number; provider: string; model: string; parallelism: Parallelism }[]
  models?: readonly { provider: string; model: string }[] | undefined
  parallelisms?: readonly Parallelism[] | undefined
  clauses?: readonly Clause[] | undefined
}

/** Every version with every model, parallelism and clause; with clauses also without any, to compare with. Equal ones once. */
export function variantsOf({ versions, models, parallelisms, clauses }: Matrix): EvalVariant[] {
  const all = versions.flatMap(({ version, ...own }) =>
    (models ?? [own]).flatMap(({ provider, model }) =>
      (parallelisms ?? [own.parallelism]).flatMap((parallelism) =>
        [null, ...(clauses ?? [])].map((clause) => ({ version, provider, model, parallelism, clause })),
      ),
    ),
  )
  return [...new Map(all.map((variant) => [JSON.stringify(variant), variant])).values()]
}

/** What tells the variants of an eval apart, in few words: what all of them have in common is left out. */
export function variantNames(variants: readonly EvalVariant[]): string[] {
  const differs = (of: (variant: EvalVariant) => unknown) => new Set(variants.map(of)).size > 1
  const withVersion = differs(({ version }) => version)
  const withModel = differs(({ provider, model }) => `${provider} ${model}`)
  const withParallelism = differs(({ parallelism }) => parallelism)
  const withClause = differs(({ clause }) => clause?.name)
  return variants.map(({ version, model, parallelism, clause }) => {
    const parts = [
      withVersion ? `v${version}` : '',
      withModel ? model : '',
      withParallelism ? parallelism : '',
      withClause ? (clause?.name ?? 'as it is') : '',
    ].filter(Boolean)
    return parts.length > 0 ? parts.join(' · ') : `v${version}`
  })
}
