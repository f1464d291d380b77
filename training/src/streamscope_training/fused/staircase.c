/* The affine and the quantized ReLU after a convolution, forward and backward in one pass each.
 *
 * Arrays are rows of channels (a map in NHWC), float32, but for targets and the twin's, bfloat16;
 * parameters are float32, one a channel.
 * code = clamp(round(value * gain + offset), 0, top), rounded half to even; its value is step * code.
 * Rounding is passed straight through backwards, as in Brevitas; the clamps and the ReLU are not.
 * With a target, the loss is the sum over all of weight * (step * code - target)^2.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef uint16_t bfloat16;

static inline float widen(bfloat16 value) {
  uint32_t bits = (uint32_t)value << 16;
  float wide;
  memcpy(&wide, &bits, sizeof wide);
  return wide;
}

/* To the nearest, ties to even. A NaN becomes the usual one, as rounding some would carry into the sign. */
static inline bfloat16 narrow(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return value != value ? 0x7fc0 : (bfloat16)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

/* A NaN stays one, so that a run with broken numbers is stopped. Of fmaxf and fminf it would come out as a
 * bound. */
static inline float clamp(float value, float least, float most) {
  value = value < least ? least : value;
  return value > most ? most : value;
}

void staircase_forward(const float *restrict values, const float *restrict gain, const float *restrict offset,
                       const float *restrict step, float top, const bfloat16 *restrict target,
                       const float *restrict weight, float *restrict codes, int64_t rows, int64_t channels,
                       double *restrict loss) {
  double total = 0;
  for (int64_t row = 0; row < rows; row++, values += channels, codes += channels) {
    if (!target) {
      for (int64_t c = 0; c < channels; c++)
        codes[c] = clamp(rintf(values[c] * gain[c] + offset[c]), 0, top);
      continue;
    }
    float of_row = 0;
    for (int64_t c = 0; c < channels; c++) {
      float code = clamp(rintf(values[c] * gain[c] + offset[c]), 0, top);
      float error = step[c] * code - widen(target[c]);
      codes[c] = code;
      of_row += weight[c] * error * error;
    }
    total += of_row;
    target += channels;
  }
  *loss = total;
}

/* Rows whose sums are kept in float32 before they are added to those in double. */
#define BLOCK 64

/* One row backwards, without a target. */
static inline void row_backward(const float *restrict values, const float *restrict gain,
                                const float *restrict offset, float top, const float *restrict upstream,
                                float *restrict gradient, float *restrict by_gain,
                                float *restrict by_offset, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) {
    float value = values[c], level = value * gain[c] + offset[c];
    /* rint(top + 0.5) is above top for an odd top, so that level itself is cut off. */
    float slope = level > 0 && level < top + 0.5f ? upstream[c] : 0;
    gradient[c] = slope * gain[c];
    by_gain[c] += slope * value;
    by_offset[c] += slope;
  }
}

/* The same with a target. A loop of its own, as compilers do not vectorize one that asks for it. */
static inline void row_backward_to(const float *restrict values, const float *restrict gain,
                                   const float *restrict offset, const float *restrict step, float top,
                                   const bfloat16 *restrict target, const float *restrict weight,
                                   const float *restrict upstream, float *restrict gradient,
                                   float *restrict by_gain, float *restrict by_offset,
                                   float *restrict by_step, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) {
    float value = values[c], level = value * gain[c] + offset[c];
    float code = clamp(rintf(level), 0, top);
    float pull = weight[c] * (step[c] * code - widen(target[c]));
    float full = upstream[c] + pull * step[c];
    float slope = level > 0 && level < top + 0.5f ? full : 0;
    by_step[c] += pull * code;
    gradient[c] = slope * gain[c];
    by_gain[c] += slope * value;
    by_offset[c] += slope;
  }
}

/* `upstream` is the gradient by the codes; `weight` is twice that of the loss, times the loss's own gradient.
 * `sums` takes three rows of channels: gradients by gain, offset and step. */
void staircase_backward(const float *restrict values, const float *restrict gain, const float *restrict offset,
                        const float *restrict step, float top, const bfloat16 *restrict target,
                        const float *restrict weight, const float *restrict upstream,
                        float *restrict gradient, int64_t rows, int64_t channels, double *restrict sums) {
  float by_gain[channels], by_offset[channels], by_step[channels];
  memset(sums, 0, 3 * (size_t)channels * sizeof *sums);
  for (int64_t first = 0; first < rows; first += BLOCK) {
    int64_t last = first + BLOCK < rows ? first + BLOCK : rows;
    memset(by_gain, 0, sizeof by_gain);
    memset(by_offset, 0, sizeof by_offset);
    memset(by_step, 0, sizeof by_step);
    for (int64_t row = first; row < last; row++) {
      if (target) {
        row_backward_to(values, gain, offset, step, top, target, weight, upstream, gradient, by_gain,
                        by_offset, by_step, channels);
        target += channels;
      } else {
        row_backward(values, gain, offset, top, upstream, gradient, by_gain, by_offset, channels);
      }
      values += channels, upstream += channels, gradient += channels;
    }
    for (int64_t c = 0; c < channels; c++) {
      sums[c] += by_gain[c];
      sums[channels + c] += by_offset[c];
      sums[2 * channels + c] += by_step[c];
    }
  }
}

/* The float twin's: clamp(value * gain + offset, 0, ceiling). */
void ramp_forward(const bfloat16 *restrict values, const float *restrict gain, const float *restrict offset,
                  float ceiling, bfloat16 *restrict out, int64_t rows, int64_t channels) {
  for (int64_t row = 0; row < rows; row++, values += channels, out += channels)
    for (int64_t c = 0; c < channels; c++)
      out[c] = narrow(clamp(widen(values[c]) * gain[c] + offset[c], 0, ceiling));
}
