import { type Price, type PriceEntry, priceSchema } from '@volley/shared/run/price.ts'
import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { putPrice } from '../api/prices.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { TextInput } from '../ui/TextInput.tsx'

interface PriceDialogProps {
  open: boolean
  /** The row to change; null for a new one. */
  price: PriceEntry | null
  onClose: () => void
  onStored: () => void
}

/** Adds a price, or puts an own one in place of another. */
export function PriceDialog({ open, price, onClose, onStored }: PriceDialogProps) {
  const form = useId()
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={price ? `Price of ${price.model}` : 'Add a price'}
      description="For the runs that end from now on; finished ones keep theirs."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary">
            Store
          </Button>
        </>
      }
    >
      <PriceForm id={form} price={price} onClose={onClose} onStored={onStored} />
    </Dialog>
  )
}

function PriceForm({ id, price, onClose, onStored }: Omit<PriceDialogProps, 'open'> & { id: string }) {
  const [typed, setTyped] = useState(() => fieldsOf(price))
  const [fault, setFault] = useState<string | null>(null)
  const store = async (event: FormEvent) => {
    event.preventDefault()
    const read = readFields(typed)
    if (typeof read === 'string') return setFault(read)
    const answer = await putPrice(typed.provider.trim(), typed.model.trim(), read)
    if (!answer.ok) return setFault(sentenceOf(answer.error))
    onClose()
    onStored()
  }
  const input = (name: keyof Fields, more: { placeholder?: string; mono?: boolean; type?: string } = {}) => (
    <TextInput
      mono={more.mono ?? true}
      type={more.type ?? 'text'}
      placeholder={more.placeholder}
      value={typed[name]}
      onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
    />
  )
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={(event) => void store(event)}>
      {!price && (
        <div className="grid grid-cols-2 gap-3">
          <Field label="Provider" hint="or a connection">
            {input('provider', { placeholder: 'openai' })}
          </Field>
          <Field label="Model">{input('model', { placeholder: 'as the agent names it' })}</Field>
        </div>
      )}
      <fieldset className="m-0 grid grid-cols-3 gap-3 border-0 p-0">
        <legend className="mb-2 p-0 text-xs text-text-2">USD per million tokens</legend>
        <Field label="Input">{input('inputUsd', { placeholder: '2.50' })}</Field>
        <Field label="Cached">{input('cachedUsd', { placeholder: 'unknown' })}</Field>
        <Field label="Output">{input('outputUsd', { placeholder: '10' })}</Field>
      </fieldset>
      <Field label="Holds up to" hint="tokens of input in one message; empty: any length">
        {input('upToInputTokens')}
      </Field>
      <div className="grid grid-cols-[140px_1fr] gap-3">
        <Field label="Seen on">{input('date', { type: 'date' })}</Field>
        <Field label="Source">{input('source', { mono: false, placeholder: 'the provider’s price list' })}</Field>
      </div>
      {fault && <Notice tone="failed">{fault}</Notice>}
    </form>
  )
}

type Fields = Record<
  'provider' | 'model' | 'inputUsd' | 'outputUsd' | 'cachedUsd' | 'upToInputTokens' | 'date' | 'source',
  string
>

function fieldsOf(price: PriceEntry | null): Fields {
  return {
    provider: price?.provider ?? '',
    model: price?.model ?? '',
    inputUsd: price ? String(price.inputUsd) : '',
    outputUsd: price ? String(price.outputUsd) : '',
    cachedUsd: price && price.cachedUsd !== null ? String(price.cachedUsd) : '',
    upToInputTokens: price?.upToInputTokens === undefined ? '' : String(price.upToInputTokens),
    date: price?.date ?? new Date().toISOString().slice(0, 10),
    source: price?.source ?? '',
  }
}

/** The price that is typed, or what is wrong with it in a sentence. */
function readFields(typed: Fields): Price | string {
  if (typed.provider.trim() === '' || typed.model.trim() === '') return 'Name the provider and the model.'
  const numbers: Record<string, number | null> = {}
  for (const [name, label] of NUMBERS) {
    const text = typed[name].trim()
    const number = text === '' ? null : Number(text.replace(',', '.'))
    if (Number.isNaN(number)) return `“${label}” is no number: write it like 2.50.`
    numbers[name] = number
  }
  const { upToInputTokens, ...amounts } = numbers
  if (amounts.inputUsd === null || amounts.outputUsd === null)
    return 'Say what input and output cost. Leave “Cached” empty when you do not know it.'
  const read = priceSchema.safeParse({
    ...amounts,
    ...(upToInputTokens === null ? {} : { upToInputTokens }),
    date: typed.date,
    source: typed.source,
  })
  if (read.success) return read.data
  const [issue] = read.error.issues
  return `${LABELS[String(issue?.path[0])] ?? 'This'}: ${issue?.message}.`
}

const NUMBERS = [
  ['inputUsd', 'Input'],
  ['outputUsd', 'Output'],
  ['cachedUsd', 'Cached'],
  ['upToInputTokens', 'Holds up to'],
] as const
const LABELS: Record<string, string> = { ...Object.fromEntries(NUMBERS), date: 'Seen on', source: 'Source' }
