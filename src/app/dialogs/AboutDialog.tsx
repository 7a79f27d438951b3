/** @file What this is, whose work it stands on, and that nothing leaves the device. */
import { Dialog } from "../../editor/controls/Dialog.tsx";
import styles from "./dialogs.module.css";

export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="About InceptionNeXt Explorer" width={500}>
      <div className={styles["about"]}>
        <p>
          Edit an InceptionNeXt, and see at once what the edit does to its cost, its speed on your device and
          its predictions. The network is really built and run in this browser, by TensorFlow.js.
        </p>
        <p>
          Nothing that you open or edit is sent anywhere. Trained weights come from this host or the Hugging
          Face hub.
        </p>
        <p>
          InceptionNeXt is by W. Yu, P. Zhou, S. Yan and X. Wang (
          <a href="https://arxiv.org/abs/2303.16900">arXiv 2303.16900</a>,{" "}
          <a href="https://github.com/sail-sg/inceptionnext">code and weights</a>), ConvNeXt by Z. Liu and
          others (<a href="https://arxiv.org/abs/2201.03545">arXiv 2201.03545</a>).
        </p>
        <p>
          The bundled network was trained for this app on Fashion-MNIST (MIT, Zalando SE). Photographs:
          Chelsea by Stefan van der Walt and coffee by Rachel Michetti (CC0), rocket by SpaceX (public
          domain). Class names: Google (Apache-2.0).
        </p>
      </div>
    </Dialog>
  );
}
