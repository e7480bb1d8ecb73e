import type { PriceEntry } from '@volley/shared/run/price.ts'
import { ChevronRight, Pencil, Plus, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { listPrices, resetAllPrices, resetPrice } from '../api/prices.ts'
import type { Answer } from '../api/request.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Notice } from '../ui/Notice.tsx'
import { toast } from '../ui/toast.tsx'
import { Part } from './Part.tsx'
import { PriceDialog } from './PriceDialog.tsx'
import { dayOf } from './words.ts'

type Open = { is: 'nothing' } | { is: 'form'; price: PriceEntry | null } | { is: 'resetting' }

/** What models charge: each price with its day and source; own ones can be added, and put in place of built-in ones. */
export function Prices() {
  const { loaded, reload } = useAnswer('prices', listPrices)
  const [open, setOpen] = useState<Open>({ is: 'nothing' })
  const close = () => setOpen({ is: 'nothing' })
  const prices = loaded.is === 'there' ? loaded.value.items : []
  const own = prices.filter(({ origin }) => origin === 'own')
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? prices : own
  const change = async (asked: Answer<null>) => {
    const answer = await asked
    if (!answer.ok) toast.problem('The prices were not changed.', sentenceOf(answer.error))
    reload()
  }
  return (
    <Part
      id="prices"
      title="Prices"
      note="USD per million tokens. A run keeps the price of the moment it ends; one whose model has no price here costs “unknown”, never a guess. Simulated runs have no cost."
      action={
        <span className="flex shrink-0 gap-2">
          {own.length > 0 && <Button onClick={() => setOpen({ is: 'resetting' })}>Reset all</Button>}
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => setOpen({ is: 'form', price: null })}>
            Add price
          </Button>
        </span>
      }
    >
      {loaded.is === 'fault' && (
        <Notice tone="failed">
          {sentenceOf(loaded.fault)}{' '}
          <button type="button" className="underline" onClick={reload}>
            Ask again
          </button>
        </Notice>
      )}
      {shown.length > 0 && (
        <section
          aria-label="Table of prices"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
          className="max-h-[420px] overflow-auto rounded-xl border border-line bg-surface-1"
        >
          <table className="w-full min-w-[640px] table-fixed border-collapse text-left text-xs">
            <thead className="sticky top-0 z-1 bg-surface-2 text-text-3">
              <tr>
                <th scope="col" className="px-4 py-2 font-normal">
                  Model
                </th>
                {['Input', 'Cached', 'Output'].map((name) => (
                  <th key={name} scope="col" className="w-20 px-2 py-2 text-right font-normal">
                    {name}
                  </th>
                ))}
                <th scope="col" className="w-28 px-4 py-2 font-normal">
                  Seen
                </th>
                <th scope="col" className="w-20 py-2">
                  <span className="sr-only">Change</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((price) => (
                <PriceRow
                  key={`${price.provider} ${price.model}`}
                  price={price}
                  onEdit={() => setOpen({ is: 'form', price })}
                  onReset={() => void change(resetPrice(price.provider, price.model))}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {prices.length > own.length && (
        <Button
          variant="ghost"
          className="mt-2 first:mt-0"
          aria-expanded={isWhole}
          icon={<ChevronRight size={14} aria-hidden className={isWhole ? 'rotate-90' : ''} />}
          onClick={() => setWhole(!isWhole)}
        >
          {prices.length - own.length} built-in prices
        </Button>
      )}
      <PriceDialog
        open={open.is === 'form'}
        price={open.is === 'form' ? open.price : null}
        onClose={close}
        onStored={reload}
      />
      <ConfirmDialog
        open={open.is === 'resetting'}
        title="Reset all prices?"
        verb="Reset prices"
        onCancel={close}
        onConfirm={() => {
          close()
          void change(resetAllPrices())
        }}
      >
        {own.length === 1 ? 'The own price goes' : `The ${own.length} own prices go`} away, and the built-in ones count
        again. Finished runs keep their costs.
      </ConfirmDialog>
    </Part>
  )
}

function PriceRow({ price, onEdit, onReset }: { price: PriceEntry; onEdit: () => void; onReset: () => void }) {
  const { provider, model, inputUsd, outputUsd, cachedUsd, upToInputTokens, origin, instead } = price
  return (
    <tr data-price={model} className="border-line align-top not-last:border-b">
      <td className="px-4 py-2">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-mono text-xs font-medium break-all">{model}</span>
          <span className="text-text-3">{provider}</span>
          {origin === 'own' && <Chip>own</Chip>}
        </span>
        <span className="mt-0.5 block truncate text-2xs text-text-3" title={price.source}>
          {price.source}
        </span>
        {upToInputTokens !== undefined && (
          <span className="block text-2xs text-text-3">
            Up to {upToInputTokens.toLocaleString('en')} tokens of input in one message; unknown beyond.
          </span>
        )}
        {instead && (
          <span className="block text-2xs text-text-3">
            Built in: {dollars(instead.inputUsd)} input, {dollars(instead.outputUsd)} output.
          </span>
        )}
      </td>
      <Amount usd={inputUsd} />
      <Amount usd={cachedUsd} />
      <Amount usd={outputUsd} />
      <td className="px-4 py-2 whitespace-nowrap text-text-2">
        <time dateTime={price.date}>{dayOf(price.date)}</time>
      </td>
      <td className="py-1 pr-2 text-right whitespace-nowrap">
        <IconButton label={`Change the price of ${model}`} icon={<Pencil size={14} />} onClick={onEdit} />
        {origin === 'own' && (
          <IconButton
            label={instead ? `Reset ${model} to the built-in price` : `Remove the price of ${model}`}
            icon={<RotateCcw size={14} />}
            onClick={onReset}
          />
        )}
      </td>
    </tr>
  )
}

function Amount({ usd }: { usd: number | null }) {
  return (
    <td className="px-2 py-2 text-right font-mono text-text-1 tabular-nums">
      {usd === null ? <span className="font-sans text-text-3">unknown</span> : dollars(usd)}
    </td>
  )
}

/** A price as lists print it: `$2.50`, `$0.075`. */
const dollars = (usd: number): string => `$${Number.isInteger(usd * 100) ? usd.toFixed(2) : usd}`
