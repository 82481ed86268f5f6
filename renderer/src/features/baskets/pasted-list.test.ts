import { describe, expect, it } from 'vitest';
import { isList, parseList } from './pasted-list.ts';

const line = (reference: string, quantity = '1', brand = '', name = '') => ({
  reference,
  quantity,
  brand,
  name,
});

describe('what is pasted', () => {
  it.each(['0 986 494 660', 'plaquettes, avant', 'Filtre à huile\n'])('is one part: %j', (text) => {
    expect(isList(text)).toBe(false);
  });

  it.each(['A1\nB2', 'A1\t2', 'A1;2'])('is a list: %j', (text) => {
    expect(isList(text)).toBe(true);
  });
});

describe('a pasted list', () => {
  it('has a reference and a quantity on each line, by semicolon or tab', () => {
    expect(parseList('0 986 494 660;2\r\n09.9464.21;1\r\n')).toEqual([
      line('0 986 494 660', '2'),
      line('09.9464.21', '1'),
    ]);
    expect(parseList('A1\t3\nB2\t4')).toEqual([line('A1', '3'), line('B2', '4')]);
  });

  it('counts one piece where no quantity stands, and keeps a wrong one for its owner to see', () => {
    expect(parseList('A1\n\nB2;\nC3;2,5')).toEqual([line('A1'), line('B2'), line('C3', '2,5')]);
  });

  it('keeps references with commas in lines by semicolon', () => {
    expect(parseList('A,1;2')).toEqual([line('A,1', '2')]);
  });

  it('finds its columns by the names in the first line', () => {
    expect(parseList('Marque;Désignation;Référence;Qté\nBOSCH;"Plaquettes; avant";0986;2')).toEqual([
      line('0986', '2', 'BOSCH', 'Plaquettes; avant'),
    ]);
  });

  it('reads quoted cells', () => {
    expect(parseList('"A ""1""";"2"')).toEqual([line('A "1"', '2')]);
  });
});
