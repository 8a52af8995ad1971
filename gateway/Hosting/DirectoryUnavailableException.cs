namespace GeminiBalance.Gateway.Hosting;

/// <summary>Keys cannot be read or changed now, because what keeps them cannot be reached. The message is for people and holds no secret.</summary>
internal sealed class DirectoryUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
