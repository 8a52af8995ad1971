namespace GeminiBalance.Gateway.Resources;

/// <summary>A resource of which only the name is known, because its key cannot be asked now.</summary>
internal sealed record ResourceStub(string Name);
