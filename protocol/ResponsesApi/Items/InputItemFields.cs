using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>What has been read so far of one item; the type may come last.</summary>
internal sealed class InputItemFields
{
    public string? Type { get; set; }

    public bool HasType { get; set; }

    public string? Id { get; set; }

    public bool HasId { get; set; }

    public ChatRole? Role { get; set; }

    public MessageContent Content { get; set; }

    public MessageContent Output { get; set; }

    public string? CallId { get; set; }

    public string? Name { get; set; }

    /// <summary>The group of the tool that was called.</summary>
    public string? Namespace { get; set; }

    public string? Arguments { get; set; }

    public string? EncryptedContent { get; set; }

    public string? Signature { get; set; }

    /// <summary>Tools that the conversation goes on with from here.</summary>
    public List<ChatTool>? Tools { get; set; }

    public string? Code { get; set; }

    public List<string>? Logs { get; set; }

    /// <summary>Base64 of a picture.</summary>
    public string? Result { get; set; }
}
