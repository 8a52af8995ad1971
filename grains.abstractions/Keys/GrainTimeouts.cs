namespace GeminiBalance.Grains;

/// <summary>How long callers wait for grains, as <see cref="TimeSpan"/> text: attributes take no other form.</summary>
public static class GrainTimeouts
{
    /// <summary>A request of a client waits for this one: rather another key than a longer wait.</summary>
    public const string Ask = "00:00:02";

    /// <summary>A change that must reach the store first.</summary>
    public const string Change = "00:00:15";
}
