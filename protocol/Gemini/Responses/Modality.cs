using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

[JsonConverter(typeof(ModalityConverter))]
public enum Modality
{
    /// <summary>A modality that is not known here.</summary>
    Unknown,
    Text,
    Image,
    Video,
    Audio,
    Document,
}
