namespace GeminiBalance.Gateway.Admin;

/// <summary>How people name a key.</summary>
internal sealed record KeyName(string Id, string Masked);
