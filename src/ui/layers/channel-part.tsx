import { memo, useMemo, useRef } from "react";
import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { SavePicture } from "../kit/save-picture/save-picture";
import { ChannelMap } from "./channel-map";
import { Loupe } from "./loupe";
import { describeChannel } from "./model/describe-channel";
import { isSmall } from "./model/loupe-window";
import { readWindow } from "./model/read-window";
import { NumberGrid } from "./number-grid";
import type { Shown } from "./use-counted";
import type { Look } from "./use-look";
import "./channel-part.css";

interface ChannelPartProps {
  readonly look: Look;
  readonly shown: Shown;
}

/** One channel large: all of it to pick a pixel from, and the numbers around the pixel. */
export const ChannelPart = memo(function ChannelPart({ look, shown }: ChannelPartProps) {
  const { layer, layers, index, channel, pixel, values } = look;
  const { map, scale, statistics } = shown;
  const setChannel = useAppState((state) => state.setChannel);
  const part = useRef<HTMLElement>(null);
  const window = readWindow(layers, index, channel, pixel, values);
  const words = useMemo(() => {
    const own = statistics.channels[channel];
    return own && describeChannel(map, channel, own);
  }, [map, statistics, channel]);
  // Of as many outputs as there are classes, each is a class's.
  const label = useAppState(({ lastModel }) =>
    lastModel?.labels?.length === layer.channels ? lastModel.labels[channel] : undefined,
  );
  return (
    <section ref={part} className="layers__part channel-part" aria-labelledby="channel-heading">
      <div className="channel-part__head">
        <h3 id="channel-heading">
          Channel {channel}
          {label && <span className="channel-part__class">: {label}</span>}
        </h3>
        <ActionButton
          aria-label="Previous channel"
          isDisabled={channel === 0}
          onPress={() => setChannel(channel - 1)}
        >
          −
        </ActionButton>
        <ActionButton
          aria-label="Next channel"
          isDisabled={channel === layer.channels - 1}
          onPress={() => setChannel(channel + 1)}
        >
          +
        </ActionButton>
        <SavePicture picture={part} name="Channel" of={`${layer.title} ${channel}`} description={words} />
      </div>
      <p className="layers__words">{words}</p>
      <ChannelMap look={look} shown={shown} />
      {!isSmall(map) && <Loupe look={look} shown={shown} />}
      {window && (
        <div className="channel-part__window">
          <h4>The whole window at this pixel</h4>
          <NumberGrid
            rows={window}
            scale={scale}
            label={`The window of channel ${channel}: ${window.map((row) => row.join(" ")).join("; ")}`}
          />
        </div>
      )}
    </section>
  );
});
