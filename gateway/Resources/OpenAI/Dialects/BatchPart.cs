namespace GeminiBalance.Gateway.Resources;

/// <summary>Which answers of a batch are wanted.</summary>
internal enum BatchPart
{
    /// <summary>All: none failed.</summary>
    All = 0,

    /// <summary>Those of the output file.</summary>
    Successes = 1,

    /// <summary>Those of the error file.</summary>
    Failures = 2,
}
