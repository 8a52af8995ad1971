namespace GeminiBalance.Grains;

/// <summary>Has rejected keys checked again from time to time, by one gateway for all. One grain, with key 0.</summary>
[Alias("gb.IRecheckGrain")]
public interface IRecheckGrain : IGrainWithIntegerKey
{
    /// <summary>Sets how often. Telling the same again changes nothing: the next check stays due when it was.</summary>
    /// <param name="interval">Zero switches the checks off; less than a minute counts as a minute.</param>
    [Alias("Ensure")]
    [ResponseTimeout(GrainTimeouts.Change)]
    ValueTask EnsureAsync(TimeSpan interval);
}
