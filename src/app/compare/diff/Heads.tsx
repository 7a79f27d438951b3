/** @file The head of a table about two networks. */

export interface HeadsProps {
  readonly first: string;
  readonly a: string;
  readonly b: string;
}

export function Heads({ first, a, b }: HeadsProps) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">{a}</th>
        <th scope="col">{b}</th>
      </tr>
    </thead>
  );
}
