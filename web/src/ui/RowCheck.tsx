/** Chooses a row of a table whose link covers the whole row, or all of them. */
export function RowCheck({
  label,
  isChecked,
  isPart = false,
  onCheck,
}: {
  label: string
  isChecked: boolean
  /** Some of what it stands for is chosen. */
  isPart?: boolean
  onCheck: (isChecked: boolean) => void
}) {
  return (
    // Above the link that covers the row; with room around it for a finger.
    <label className="relative z-1 -m-2 flex size-8 items-center justify-center">
      <input
        type="checkbox"
        aria-label={label}
        className="m-0 size-3.5 accent-accent"
        checked={isChecked}
        ref={(element) => {
          if (element) element.indeterminate = isPart
        }}
        onChange={({ target }) => onCheck(target.checked)}
      />
    </label>
  )
}
