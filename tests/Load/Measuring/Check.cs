namespace GeminiBalance.Load.Measuring;

/// <summary>A sentence about a run, and whether it is as promised.</summary>
internal sealed record Check(string Text, bool Holds);
