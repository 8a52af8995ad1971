namespace GeminiBalance.Protocol.Models;

/// <summary>A client's model name, taken apart once: which model is called, and what is asked of it by the name.</summary>
/// <param name="Name">The client's spelling, for answers and for people.</param>
/// <param name="Model">The upstream's model, as it goes into a path and as quotas know it.</param>
/// <param name="Features">What the name's suffixes ask for.</param>
public sealed record ModelRequest(string Name, string Model, ModelFeatures Features)
{
    /// <summary>Whether the model called is the one named, without anything added.</summary>
    public bool IsPlain => Features.IsEmpty && Model == Name;
}
