/**
 * A pipeline: the whole authentication application, from raw sensor samples to a decision. The JSON Schema in
 * `schemas/pipeline.schema.json` is generated from these types; file paths are relative to the pipeline file.
 */
export interface Pipeline {
  $schema?: string;
  /** Short identifier, e.g. "pulse". */
  name: string;
  /** One line for reports. */
  title: string;
  /** Sensor channels in the order of the model's input features. */
  channels: PipelineChannel[];
  window: {
    /** Length of one decision window in seconds. */
    seconds: number;
    /** Time between two decisions in seconds. */
    hopSeconds: number;
  };
  /** Steps from raw samples to the model input, in order. */
  preprocess: PreprocessStep[];
  decision: PipelineDecision;
  budgets: Budgets;
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
      /** Given second-order sections [b0, b1, b2, 1, a1, a2]; the first sample is subtracted. Valid for one rate only. */
      step: 'biquad';
      sos: number[][];
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
    };

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
  /** ONNX file. */
  file: string;
  rateHz: number;
  /** Threshold of this variant, where it differs from that of the `mvn` decision: each model has its own distances. */
  threshold?: number;
  /** Windows that look like the model's input, for calibration: [windows][steps][channels]. */
  calibration: { file: string; tensor: string };
  /** Labelled windows with float outputs of the original framework, for `verify`. */
  evaluation?: Evaluation;
}

export type Evaluation =
  | { kind: 'identification'; file: string; x: string; labels: string; floatOutput: string }
  | {
      kind: 'verification';
      file: string;
      xEnrol: string;
      userEnrol: string;
      xTest: string;
      userTest: string;
      /** Float model outputs of the enrolment windows: the float template is made of them. */
      floatOutputEnrol: string;
      /** Float model outputs of the test windows. */
      floatOutput: string;
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
