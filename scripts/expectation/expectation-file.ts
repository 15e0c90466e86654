// Made by `npm run types` from the schemas in scripts/expectation. Edit those, not this.

/** What is expected of an image, whoever made it: `phyllome test FILE --expect THIS`. */
export interface ExpectationFile {
  readonly summary: string;
  readonly boot?: {
    /** How far it must come: something of a loader is shown (what follows is said by `steps`), a screen for a person or a login, a login, a system that takes the lab's agent. `screen` when absent. */
    readonly reaches?: 'loader' | 'screen' | 'login' | 'system';
    /** From power-on to there, at the reference speed. */
    readonly withinSeconds?: number;
    /** What is done where the loader waits; Enter when absent. */
    readonly menu?: readonly Step[];
    readonly allowed?: readonly string[];
  };
  /** One after the other, once it is there. The first that fails ends them. */
  readonly steps?: readonly Step[];
  /** `active`, `inactive`, `failed`, or of its file `enabled`, `disabled`, `masked`; `absent`: there is none. */
  readonly units?: {
    readonly [k: string]: 'active' | 'inactive' | 'failed' | 'enabled' | 'disabled' | 'masked' | 'absent';
  };
  readonly kernelArguments?: readonly string[];
  readonly files?: {
    readonly path: string;
    readonly contains?: string;
    readonly absent?: true;
  }[];
  readonly commands?: {
    readonly run: string;
    /** 0 when absent. */
    readonly status?: number;
    readonly output?: string;
  }[];
  /** Items: Something listens there. */
  readonly ports?: readonly number[];
  readonly packages?: readonly string[];
  /** What is used at most, a while after the start: MemTotal less MemAvailable. */
  readonly memoryMiB?: number;
  /** Items: What it needs to know of how an image was made, nobody knows of this one: then it is not asked, and told as that. */
  readonly checks?: readonly string[];
  /** Situations that the image is started in, too, each on its own machines: `phyllome test --help` tells where they are listed. */
  readonly scenarios?: readonly string[];
  /** Nothing was written to the machine's disks beside the image (`--topology empty-disk` has one). */
  readonly disksUntouched?: true;
}

export interface Step {
  /** On the serial console or on the display, as it stands there. `matches: true` takes it for a regular expression. */
  readonly see?: string;
  /** Of `see`: it is a regular expression. */
  readonly matches?: boolean;
  /** Of `see`, at the reference speed; 60 when absent. */
  readonly withinSeconds?: number;
  readonly press?: readonly string[];
  /** Of `press`: how often; once when absent. */
  readonly times?: number;
  readonly type?: string;
  /** Of `see`: there alone. Of `type`: the keyboard of the display when absent. */
  readonly on?: 'serial' | 'display';
  /** This part of the display must not be of one colour. */
  readonly picture?: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** The system is asked to start again, and must come to rest as before. */
  readonly reboot?: true;
  /** The power goes and comes back; the system must come to rest as before. */
  readonly powerCut?: true;
}
