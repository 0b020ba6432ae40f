/** What a threshold means for those who ask, in one of a few sentences. */
export const effectOf = (threshold: number): 'bold' | 'balanced' | 'careful' => (threshold < 35 ? 'bold' : threshold <= 65 ? 'balanced' : 'careful');
