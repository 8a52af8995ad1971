namespace GeminiBalance.Silo.Hosting;

/// <summary>The process cannot start, for a reason that people can act on. The message is complete and shown without a stack trace.</summary>
internal sealed class StartException(string message) : Exception(message);
