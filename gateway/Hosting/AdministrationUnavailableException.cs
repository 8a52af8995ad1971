namespace GeminiBalance.Gateway.Hosting;

/// <summary>Something cannot be read or changed now, because what keeps it cannot be reached. The message is for people and holds no secret.</summary>
internal sealed class AdministrationUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
