namespace GeminiBalance.Gateway.Endpoints;

/// <summary>The request cannot be served as it is; the client is told why.</summary>
internal sealed class ClientErrorException(ClientError error) : Exception(error.OpenAI.Message)
{
    public ClientError Error { get; } = error;
}
