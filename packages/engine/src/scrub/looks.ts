/** Whether a word looks like something that a machine made. Cheap, on bounded words only. */

/** A word that people write: letters, perhaps with a capital first or all capitals, perhaps hyphenated. */
export function isPlainWord(word: string): boolean {
  return word.length <= 40 && /^[A-Za-z]?[a-z]*$|^[a-z]+(?:[A-Z][a-z]+){1,4}$|^[A-Z]+$|^[A-Za-z]?[a-z]+(?:[-_'/][a-z]+){1,5}$/.test(word);
}

/** Mixed classes without the shape of a name: how random text of a password generator, hex or base64 differs from words. */
export function looksRandom(word: string): boolean {
  if (word.length < 6) return false;
  let switches = 0;
  let digits = 0;
  let upper = 0;
  let lower = 0;
  let vowels = 0;
  let previous = 0;
  const length = Math.min(word.length, 256);
  for (let i = 0; i < length; i++) {
    const code = word.charCodeAt(i);
    let kind = 4;
    if (code >= 48 && code <= 57) {
      kind = 1;
      digits++;
    } else if (code >= 65 && code <= 90) {
      kind = 2;
      upper++;
    } else if (code >= 97 && code <= 122) {
      kind = 3;
      lower++;
      if ("aeiou".includes(word[i]!)) vowels++;
    }
    // Between the parts of a name nothing changes; neither does it where a capital starts a word.
    if (kind === 4 && "-_./: ".includes(word[i]!)) kind = 0;
    if (kind !== 0 && previous !== 0 && kind !== previous && !(previous === 2 && kind === 3)) switches++;
    previous = kind;
  }
  if (upper + lower + digits < length * 0.6) return switches >= 4;
  if (digits === 0 && upper === 0) return length >= 16 && !/[-_./]/.test(word.slice(0, length)) && vowels < lower * 0.2;
  if (length >= 20 && digits >= 3 && upper + lower >= 3 && upper + lower + digits === length) return true;
  return switches >= length / 5 + (digits === 0 ? 2 : 0);
}

/** Letters and digits, or two cases within a word, or signs: what a password has and a word of a sentence has not. */
export function hasMixture(word: string): boolean {
  if (word.length < 4) return false;
  return (
    !isPlainWord(word) &&
    /[A-Za-z0-9].{0,40}[A-Za-z0-9].{0,40}[A-Za-z0-9]/.test(word) &&
    (/[0-9]/.test(word) || /[a-z][A-Z]/.test(word) || /[!@#$%^&*+=~?]/.test(word))
  );
}

/** DNS-1123: what Kubernetes names look like. */
export function isKubernetesName(word: string): boolean {
  return word.length <= 253 && /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(word);
}
