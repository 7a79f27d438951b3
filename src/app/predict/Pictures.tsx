/** @file The pictures in reach: the person's own, the checkpoint's test images, the photographs. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { fetchPhotograph, photographs, photographUrl } from "../pictures/photographs.ts";
import type { Picture } from "../pictures/pictureStore.ts";
import { fetchTestImages } from "../pictures/testImages.ts";
import { showPicture } from "../session/actions.ts";
import { useEngine, useSession } from "../session/react.tsx";
import styles from "./predict.module.css";

export function Pictures() {
  const session = useSession();
  const own = useStore(session.pictures, (state) => state.own);
  const testImages = useTestImages();
  const show = (picture: Picture) => void showPicture(session, picture);
  const showPhotograph = async (photograph: (typeof photographs)[number]) => {
    try {
      show(await fetchPhotograph(photograph));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      session.notices.show({ kind: "file", tone: "problem", title: "The picture was not shown", text });
    }
  };
  return (
    <ul className={styles["pictures"]}>
      {[...own, ...testImages].map((picture) => (
        <li key={picture.id}>
          <PictureButton
            id={picture.id}
            name={picture.label ? `${picture.name}, ${picture.label}` : picture.name}
            url={picture.url}
            onClick={() => show(picture)}
          />
        </li>
      ))}
      {photographs.map((photograph) => (
        <li key={photograph.file}>
          <PictureButton
            id={photograph.file}
            name={photograph.name}
            title={photograph.credit}
            url={photographUrl(photograph)}
            onClick={() => void showPhotograph(photograph)}
          />
        </li>
      ))}
    </ul>
  );
}

/** Those of the checkpoint that is loaded; empty where it has none. */
function useTestImages(): readonly Picture[] {
  const { library } = useSession();
  const id = useEngine((state) => state.weights?.id);
  const entries = useStore(library, (state) => state.entries);
  const entry = entries.find((candidate) => candidate.id === id);
  const [images, setImages] = useState<readonly Picture[]>([]);
  useEffect(() => {
    let isWanted = true;
    setImages([]);
    if (!entry) return;
    fetchTestImages(entry)
      .then((found) => isWanted && setImages(found))
      .catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [entry]);
  return images;
}

interface PictureButtonProps {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly title?: string;
  readonly onClick: () => void;
}

function PictureButton({ id, name, url, title, onClick }: PictureButtonProps) {
  const { pictures } = useSession();
  const isShown = useStore(pictures, (state) => state.current?.id === id);
  return (
    <button
      type="button"
      className={styles["picture"]}
      aria-label={`Show ${name}`}
      aria-pressed={isShown}
      title={title ?? name}
      onClick={onClick}
    >
      <img src={url} alt="" />
    </button>
  );
}
