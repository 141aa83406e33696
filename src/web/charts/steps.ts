/** How dark a number is, from 0 (none) to 5 (the most): one hue, steps of lightness, beside the number itself. */
export const stepOf = (value: number, most: number): number =>
  value === 0 || most === 0 ? 0 : Math.max(1, Math.ceil((value / most) * 5));

/** On the two darkest, words are light. */
export const stepText = (step: number): string => (step >= 4 ? 'on-dark' : 'on-light');
