/** About how many tokens a text of so many characters takes, whatever the model: four characters a token. */
export const roughTokens = (characters: number): number => Math.ceil(characters / 4)
