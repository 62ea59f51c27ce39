/** What hooks/languages.py writes into the site. */
export interface Offer {
  tag: string;
  direction: string;
  offer: string;
  close: string;
}
declare const words: Offer[];
export default words;
