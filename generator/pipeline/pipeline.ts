/**
 * A pipeline: the whole authentication application, from raw sensor samples to a decision. The JSON Schema in
 * `schemas/pipeline.schema.json` is generated from these types; file paths are relative to the pipeline file.
 *
 * A new system is a new folder with such a file, its model and its data, and no new code: test/systems/sixth-system.test.ts puts one
 * together from the parts below. `escapement new` starts one from a model file. Comments are allowed.
 */
export interface Pipeline {
  $schema?: string;
  /** Short identifier, e.g. "pulse". */
  name: string;
  /** One line for reports. */
  title: string;
  /** Sensor channels in the order of the model's input features. */
  channels: PipelineChannel[];
  /**
   * Samples come with timestamps, and sensors keep their own rhythm: the kernel brings them to the rate by straight lines between
   * neighbours, so windows go by time and not by a count of samples. Absent: one frame of all channels at a time, at the rate.
   */
  timestamps?: {
    /** A sensor that is silent for longer makes the window begin anew. At most 16 s, and no longer than the hop. */
    longestGapSeconds: number;
  };
  window: {
    /** Length of one decision window in seconds. */
    seconds: number;
    /** Time between two decisions in seconds. */
    hopSeconds: number;
  };
  /** Steps from raw samples to the model input, in order. */
  preprocess: PreprocessStep[];
  decision: PipelineDecision;
  /** What the host makes of decisions; `escapement policy` simulates it. */
  policy?: PipelinePolicy;
  budgets: Budgets;
  /** Share of the decisions in which kernel and float model must agree, in percent. Default: 99. */
  minAgreementPercent?: number;
  /** Sampling rates in Hz that `compare` shows. */
  rates: number[];
  /** Trained models. A rate without one is costed with a re-timed model and gets no accuracy. */
  models: ModelVariant[];
  /** Real recordings that drive the simulation. */
  recordings?: Recording[];
}

export interface PipelineChannel {
  name: string;
  sensor: 'ppg' | 'accelerometer' | 'gyroscope';
  /** Device that the sensor sits in, where there are several, e.g. "phone" and "watch". */
  device?: string;
  /** Unit of the recordings' values, e.g. "m/s^2". */
  unit: string;
  /** Real value of one raw sensor count: samples enter the kernel as round(value / lsb). */
  lsb: number;
}

export type PreprocessStep =
  | {
      /** Butterworth band-pass of 2nd-order design (scipy butter(2, ..., 'bandpass')), causal biquads; the first sample is subtracted. */
      step: 'bandpass';
      lowHz: number;
      highHz: number;
    }
  | {
      /** Butterworth low-pass of 2nd order (scipy butter(2, ..., 'lowpass')), causal, settled at the first sample. */
      step: 'lowpass';
      cutoffHz: number;
    }
  | {
      /** Given second-order sections [b0, b1, b2, 1, a1, a2]; the first sample is subtracted. Valid for one rate only. */
      step: 'biquad';
      sos: number[][];
    }
  | {
      /**
       * Windows are refused where the standard deviation (divisor n) of any channel lies outside, in the channel's unit and behind the steps before
       * this one: decide() and enrol() answer -8. A weak signal is no pulse, a wild one is motion.
       */
      step: 'quality';
      leastDeviation: number;
      mostDeviation: number;
    }
  | {
      /** Per window and channel: (x - mean) / (std + epsilon), divisor n. */
      step: 'zscore';
      epsilon: number;
    }
  | {
      /** Divides each channel by a constant. */
      step: 'scale';
      divisors: number[];
    }
  | {
      /** Each sensor becomes one column, the length of its vector: sqrt(x^2 + y^2 + z^2), however the device is turned. Comes first. */
      step: 'magnitude';
    }
  | {
      /**
       * Mean of the last `samples` samples. Only full spans count: the window begins to fill when the first span is whole.
       * The kernel keeps the sum, so nothing is rounded.
       */
      step: 'movingAverage';
      samples: number;
    }
  | {
      /**
       * One column a window, then one feature vector: every feature of the first column, then of the second and so on.
       * The model takes this vector in place of the window's samples.
       */
      step: 'features';
      features: WindowFeature[];
    }
  | {
      /** (x - low) / (high - low) of every feature, clipped to 0 .. 1; follows "features". */
      step: 'minmax';
      low: number[];
      high: number[];
    };

/**
 * A number that describes one column x(1 .. n) of a window; each becomes one file in `generator/features/kinds/`. Deviations are from the
 * window's mean, divisors are n. A feature of spread or shape is 0 for a constant column.
 */
export type WindowFeature =
  | { kind: 'mean' }
  | {
      /** The middle value; of an even number the mean of the two in the middle. */
      kind: 'median';
    }
  | { kind: 'variance' }
  | { kind: 'minimum' }
  | { kind: 'maximum' }
  | {
      /** Maximum minus minimum. */
      kind: 'range';
    }
  | { kind: 'rootMeanSquare' }
  | { kind: 'meanAbsoluteDeviation' }
  | {
      /** Fourth moment over the squared variance (3 for a normal distribution, nothing subtracted). */
      kind: 'kurtosis';
    }
  | { kind: 'skewness' }
  | {
      /** Mean absolute difference of successive local maxima, x(i-1) < x(i) >= x(i+1); 0 with fewer than two. */
      kind: 'peakDifference';
    }
  | {
      /** Centre of the fullest bin (of equal ones the first) of a histogram between minimum and maximum. */
      kind: 'mode';
      bins: number;
    }
  | {
      /** Entropy in bits of a histogram between minimum and maximum. */
      kind: 'entropy';
      bins: number;
    }
  | {
      /** With the axis that follows in the same sensor by `axis` places, cyclically: 1 is the next one. */
      kind: 'covariance';
      axis: number;
    }
  | {
      /** As for covariance, over the product of the standard deviations. */
      kind: 'correlation';
      axis: number;
    }
  | {
      /**
       * Amplitude 2 |X(k)| / n of the largest (`rank` 1) or second largest line k >= 1 of the transform of deviations with zeros behind them up
       * to `size`, a power of two.
       */
      kind: 'spectralPeak';
      rank: 1 | 2;
      size: number;
    }
  | {
      /** Frequency of that line in Hz. */
      kind: 'spectralPeakFrequency';
      rank: 1 | 2;
      size: number;
    }
  | {
      /** Sum of |X(k)|^2 / n over the discrete Fourier transform's bins 1 .. n / 2. */
      kind: 'spectralEnergy';
    };

export type PipelineDecision =
  | {
      /** Closed-set identification: the class with the largest score. */
      kind: 'argmax';
    }
  | {
      /** Diagonal MVN distance: sum |f - mu| / (sigma + epsilon) against a threshold (DeepAuth paper, eq. 2). */
      kind: 'mvn';
      threshold: number;
      epsilon: number;
    }
  | {
      /** Verification against windows that were enrolled as they are: accepted where the nearest one is at most `threshold` away. */
      kind: 'template';
      distance: TemplateDistance;
      threshold: number;
      /** Windows that can be enrolled. */
      capacity: number;
      /** When all are taken, enrol() replaces the oldest: the profile keeps up with the owner. */
      renew: boolean;
      /** After a rejection decide() answers -6 until the host clears `io.suspended`, having made sure of the owner by other means. */
      suspend: boolean;
      /**
       * Brings every feature from the range of the enrolled windows to 0 .. 1 first (WACA); a range smaller than this counts as this. Absent:
       * features are compared as the model gives them.
       */
      leastRange?: number;
      /**
       * Needed by the distance "hamming": only `bits` signs of random projections of x - centre are kept, drawn by a key that the host writes to
       * `io.key`. `bits` is a multiple of 32.
       */
      protection?: { bits: number; centre: number[] };
    }
  | {
      /** Verification by a score that the model gives: accepted where it reaches the threshold. */
      kind: 'score';
      /** One, or one a context. */
      thresholds: number[];
      /** Asks for new training when the score stays less than `below` above its threshold for `seconds`. */
      retrain?: { below: number; seconds: number };
    };

/** When to run, and when to lock. Asking for new training is part of the `score` decision. */
export interface PipelinePolicy {
  /** Time between two decisions that count, in seconds, at least the hop: windows between them are not looked at. */
  decideEverySeconds: number;
  /** Locks when so many of the last `of` decisions (at most 64) were rejections. */
  lock: { rejections: number; of: number };
  /** Locks when no decision came for so long: a device was taken off, or is out of reach. */
  silenceSeconds: number;
}

/** How far a window is from a template; the smallest distance from any template counts. */
export type TemplateDistance =
  'euclidean' | 'manhattan' | 'minkowski5' | 'cosine' | 'correlation' | 'hamming';

/** Limits that decide the verdict; an absent one is not judged. */
export interface Budgets {
  /** Last sample to decision. */
  latencyMs?: number;
  averageMw?: number;
  batteryHours?: number;
}

export interface ModelVariant {
  /** e.g. "25hz" or "sub128". */
  id: string;
  /**
   * Models of one family differ only in the rate that they were trained for, so `compare` shows them as one
   * (e.g. "bilstm64"). Default: the id.
   */
  family?: string;
  /** ONNX file, or the tensor file that `neighbours` or `passThrough` needs. */
  file: string;
  /**
   * `file` tells contexts apart, on the first `features` features; the file of the most likely one gives the score, on all of them.
   */
  perContext?: { features: number; files: string[] };
  /** The model is the k nearest neighbours (Euclidean) of vectors of `file`, [vectors][features], with their classes. */
  neighbours?: { vectors: string; labels: string; k: number };
  /**
   * There is no trained model: the features, brought to 0 .. 1 by "minmax", go to the decision as they are. `file` is the tensor file of the
   * calibration windows.
   */
  passThrough?: true;
  /**
   * Bits of single weight matrices, "<layer>.weights", "<layer>.input" or "<layer>.recurrent", and of activations between layers (8 or 16), by the name
   * that the memory plan of `escapement inspect` gives them; as `escapement tune` finds them.
   */
  widths?: { [tensor: string]: 4 | 8 | 16 };
  rateHz: number;
  /** Distance of this variant, where it differs from that of the `template` decision. */
  distance?: TemplateDistance;
  /** Threshold of this variant, where it differs from that of the `mvn` or `template` decision. */
  threshold?: number;
  /** Windows that look like the model's input, for calibration: [windows][steps][channels]. */
  calibration: { file: string; tensor: string };
  /** Labelled windows with float outputs of the original framework, for `verify`. */
  evaluation?: Evaluation;
}

export type Evaluation =
  | {
      /** Windows of the owner and of others, with the scores of the float model. */
      kind: 'owner';
      file: string;
      x: string;
      /** 1 for a window of the owner, else 0. */
      genuine: string;
      /** Float scores. */
      floatOutput: string;
      /** Contexts that the float model found, from 0; absent: there is one. */
      floatContext?: string;
      /** A number for each window that those of one session share, in the order of time and one hop apart; `policy` needs it. */
      session?: string;
    }
  | { kind: 'identification'; file: string; x: string; labels: string; floatOutput: string }
  | {
      kind: 'verification';
      file: string;
      /** Tensor that tells windows of enrolment (1) from those of the test (0), where both stand in the same tensors. */
      split?: string;
      xEnrol: string;
      userEnrol: string;
      xTest: string;
      userTest: string;
      /** Float model outputs of the enrolment windows: the float template is made of them. */
      floatOutputEnrol: string;
      /** Float model outputs of the test windows. */
      floatOutput: string;
      /** A number for each test window that those of one session share, in the order of time and one hop apart; `policy` needs it. */
      session?: string;
    };

export interface Recording {
  /** CSV with a header line: time_s, then one column a channel. */
  file: string;
  subject: string;
  /**
   * How the recording becomes samples at a rate: `filtered` (default; anti-aliased, as scipy's resample_poly) or
   * `linear` (plain interpolation between neighbours, for models that were trained on such windows).
   */
  resample?: 'filtered' | 'linear';
}
