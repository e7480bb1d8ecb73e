import type { ApiErrorCode, DraftAnswer } from '@volley/shared/api.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { flowOfSketch } from '@volley/shared/sketch/flowOfSketch.ts'
import type { DescribedModels, Documents } from '../deps.ts'
import type { Message } from '../engine/ports.ts'
import { askForSketch, askingFor } from './askForSketch.ts'

export interface DraftFault {
  code: ApiErrorCode
  message: string
  problems?: Problem[]
}

export interface DraftWish {
  prompt: string
  provider: string
  model?: string
}

const MOST_TRIES = 2
const MOST_AT_ONCE = 4
const MOST_MS = 120_000

/** Drafts flows with the models there are. Nothing that a model says is run or saved; it is read, checked and handed back. */
export function createDrafts({
  models,
  parse,
  hide,
  mostMs = MOST_MS,
}: {
  models: DescribedModels
  parse: Documents['parse']
  hide: <Value>(value: Value) => Value
  mostMs?: number
}) {
  let underWay = 0
  return {
    /** Asks the model, a second time with what was wrong, for a draft of the wish. */
    async draft(wish: DraftWish, signal: AbortSignal): Promise<Result<DraftAnswer, DraftFault>> {
      if (underWay >= MOST_AT_ONCE)
        return err({
          code: 'too_many_requests',
          message: `${MOST_AT_ONCE} drafts are being made already: try again soon.`,
        })
      underWay++
      const time = AbortSignal.timeout(mostMs)
      try {
        const drafted = await draftFlow(wish, { models, parse, hide }, AbortSignal.any([signal, time]))
        if (drafted.ok || !time.aborted) return drafted
        return unusable(
          `The model gave no draft within ${Math.round(mostMs / 1000)} s. Ask for less, or choose a faster model.`,
        )
      } finally {
        underWay--
      }
    },
  }
}

async function draftFlow(
  wish: DraftWish,
  { models, parse, hide }: Parameters<typeof createDrafts>[0],
  signal: AbortSignal,
): Promise<Result<DraftAnswer, DraftFault>> {
  const { provider } = wish
  const found = await models.find(provider)
  if (!found.ok) return unusable(found.error.message)
  const name = wish.model ?? (await firstModelOf(models, provider))
  if (name === undefined) return unusable(`Say which model of "${provider}" is asked: none is known by name.`)

  const messages: Message[] = askingFor(hide(wish.prompt))
  let faults: string[] = []
  for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
    const asked = await askForSketch(found.value, { name, messages, hide }, signal)
    if (asked.is === 'nothing') return unusable(asked.reason)
    if (asked.is === 'faulty') {
      faults = asked.faults
      messages.push(...asked.reply)
      continue
    }
    const { flow, problems } = flowOfSketch(asked.sketch, { provider, model: name })
    const checked = parse(flow)
    if (checked.ok)
      return ok({ flow: checked.value, prompt: asked.sketch.prompt, problems, simulated: provider === 'simulated' })
    return unusable('The draft cannot be made into a flow.', checked.error)
  }
  return unusable(
    `The model "${name}" was asked twice and gave no draft that can be used.`,
    faults.map((message) => ({ pointer: '', message })),
  )
}

async function firstModelOf(models: DescribedModels, provider: string): Promise<string | undefined> {
  return (await models.describe()).find((one) => one.name === provider)?.models[0]
}

const unusable = (message: string, problems?: Problem[]) =>
  err<DraftFault>({ code: 'unprocessable', message, ...(problems ? { problems } : {}) })
