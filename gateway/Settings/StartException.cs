namespace GeminiBalance.Gateway.Settings;

/// <summary>The process cannot start, for a reason that people can act on. The message is complete and shown without a stack trace.</summary>
public sealed class StartException(string message) : Exception(message);
